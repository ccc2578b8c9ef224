// LTI 1.3 Core section 5.3 and 5.4; AGS 2.0 3.2; NRPS 2.0 3.6.1; Deep Linking 2.0 4.4 and 4.5; Submission Review 1.0.
const lti = 'https://purl.imsglobal.org/spec/lti/claim';
const dl = 'https://purl.imsglobal.org/spec/lti-dl/claim';

export const claim = {
  messageType: `${lti}/message_type`,
  version: `${lti}/version`,
  deploymentId: `${lti}/deployment_id`,
  targetLinkUri: `${lti}/target_link_uri`,
  resourceLink: `${lti}/resource_link`,
  roles: `${lti}/roles`,
  context: `${lti}/context`,
  toolPlatform: `${lti}/tool_platform`,
  launchPresentation: `${lti}/launch_presentation`,
  lis: `${lti}/lis`,
  custom: `${lti}/custom`,
  lti1p1: `${lti}/lti1p1`,
  forUser: `${lti}/for_user`,
  ags: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  nrps: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
  basicOutcome: 'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome',
  ext: 'http://www.imsglobal.org/spec/lti/claim/ext',
  settings: `${dl}/deep_linking_settings`,
  contentItems: `${dl}/content_items`,
  data: `${dl}/data`,
  msg: `${dl}/msg`,
  errormsg: `${dl}/errormsg`,
  log: `${dl}/log`,
  errorlog: `${dl}/errorlog`,
} as const;
