import { historyFields } from '../lms/tool.ts';
import { identifier, xml } from './xml.ts';

// Common Cartridge 1.3 (1EdTech): the manifest after https://www.imsglobal.org/cc/ccv1p3/imscc_profilev1p3-Implementation.html
// and its schema ccv1p3_imscp_v1p2_v1p0.xsd, topics after ccv1p3_imsdt_v1p3.xsd, links after imslticc_v1p3.xsd.
const PROFILE = 'http://www.imsglobal.org/profile/cc/ccv1p3';
const PACKAGE = 'http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1';
const LOM = 'http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest';
const TOPIC = 'http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3';
const LINK = 'http://www.imsglobal.org/xsd/imslticc_v1p3';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** What stands at a unit's place: its page, a topic, or a link to an activity of the tool. HTML is safe HTML. */
export type Entry =
  | { kind: 'page'; id: string; title: string; html: string }
  | { kind: 'topic'; id: string; title: string; html: string }
  | { kind: 'link'; id: string; title: string; contentId: string };

export type Folder = { id: string; title: string; entries: readonly Entry[] };

export type Cartridge = { id: string; title: string; launchUrl: string; folders: readonly Folder[] };

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `href` is for web content alone: the schema's Schematron refuses it for topics and links. */
const kinds = {
  page: { folder: 'units', ending: 'html', type: 'webcontent' },
  topic: { folder: 'topics', ending: 'xml', type: 'imsdt_xmlv1p3' },
  link: { folder: 'links', ending: 'xml', type: 'imsbasiclti_xmlv1p3' },
} as const;

const nameOf = ({ kind, id }: Entry): string => identifier(`${kind}-${id}`);
const fileOf = (entry: Entry): string =>
  `${kinds[entry.kind].folder}/${identifier(entry.id)}.${kinds[entry.kind].ending}`;

const page = (title: string, html: string): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${xml(title)}</title></head><body>
<h1>${xml(title)}</h1>
${html}
</body></html>
`;

const topic = (title: string, html: string): string => `${DECLARATION}<topic xmlns="${TOPIC}" xmlns:xsi="${XSI}"
  xsi:schemaLocation="${TOPIC} ${PROFILE}/ccv1p3_imsdt_v1p3.xsd">
  <title>${xml(title)}</title>
  <text texttype="text/html">${xml(html)}</text>
</topic>
`;

const link = (title: string, contentId: string, launchUrl: string): string => {
  const url = launchUrl.startsWith('https:') ? 'secure_launch_url' : 'launch_url';
  return `${DECLARATION}<cartridge_basiclti_link xmlns="${LINK}" xmlns:blti="http://www.imsglobal.org/xsd/imsbasiclti_v1p0"
  xmlns:lticm="http://www.imsglobal.org/xsd/imslticm_v1p0" xmlns:lticp="http://www.imsglobal.org/xsd/imslticp_v1p0" xmlns:xsi="${XSI}"
  xsi:schemaLocation="${LINK} http://www.imsglobal.org/xsd/lti/ltiv1p3/imslticc_v1p3.xsd
    http://www.imsglobal.org/xsd/imsbasiclti_v1p0 http://www.imsglobal.org/xsd/lti/ltiv1p0/imsbasiclti_v1p0p1.xsd
    http://www.imsglobal.org/xsd/imslticm_v1p0 http://www.imsglobal.org/xsd/lti/ltiv1p0/imslticm_v1p0.xsd
    http://www.imsglobal.org/xsd/imslticp_v1p0 http://www.imsglobal.org/xsd/lti/ltiv1p0/imslticp_v1p0.xsd">
  <blti:title>${xml(title)}</blti:title>
  <blti:custom>
${Object.entries({ content_id: contentId, ...historyFields })
  .map(([name, value]) => `    <lticm:property name="${name}">${xml(value)}</lticm:property>`)
  .join('\n')}
  </blti:custom>
  <blti:${url}>${xml(launchUrl)}</blti:${url}>
  <blti:vendor>
    <lticp:code>cmgrclass</lticp:code>
    <lticp:name>cmgrclass</lticp:name>
  </blti:vendor>
</cartridge_basiclti_link>
`;
};

const textOf = (entry: Entry, launchUrl: string): string => {
  switch (entry.kind) {
    case 'page':
      return page(entry.title, entry.html);
    case 'topic':
      return topic(entry.title, entry.html);
    case 'link':
      return link(entry.title, entry.contentId, launchUrl);
  }
};

const resource = (entry: Entry): string => {
  const href = fileOf(entry);
  const own = entry.kind === 'page' ? ` href="${href}"` : '';
  return `    <resource identifier="${nameOf(entry)}" type="${kinds[entry.kind].type}"${own}><file href="${href}"/></resource>`;
};

const item = (entry: Entry): string =>
  `          <item identifier="at-${nameOf(entry)}" identifierref="${nameOf(entry)}"><title>${xml(entry.title)}</title></item>`;

const manifest = ({ id, title, folders }: Cartridge): string => `${DECLARATION}<manifest identifier="${identifier(id)}"
  xmlns="${PACKAGE}" xmlns:lomm="${LOM}" xmlns:xsi="${XSI}"
  xsi:schemaLocation="${PACKAGE} ${PROFILE}/ccv1p3_imscp_v1p2_v1p0.xsd ${LOM} ${PROFILE}/LOM/ccv1p3_lommanifest_v1p0.xsd">
  <metadata>
    <schema>IMS Common Cartridge</schema>
    <schemaversion>1.3.0</schemaversion>
    <lomm:lom><lomm:general><lomm:title><lomm:string language="en">${xml(title)}</lomm:string></lomm:title></lomm:general></lomm:lom>
  </metadata>
  <organizations>
    <organization identifier="course" structure="rooted-hierarchy">
      <item identifier="root">
${folders
  .map(
    (folder) => `        <item identifier="${identifier(`folder-${folder.id}`)}"><title>${xml(folder.title)}</title>
${folder.entries.map(item).join('\n')}
        </item>`,
  )
  .join('\n')}
      </item>
    </organization>
  </organizations>
  <resources>
${folders
  .flatMap(({ entries }) => entries)
  .map(resource)
  .join('\n')}
  </resources>
</manifest>
`;

/** The files of a Common Cartridge 1.3 by name: the manifest, and one for each entry. */
export const cartridgeFiles = (cartridge: Cartridge): Record<string, string> => ({
  'imsmanifest.xml': manifest(cartridge),
  ...Object.fromEntries(
    cartridge.folders
      .flatMap(({ entries }) => entries)
      .map((entry) => [fileOf(entry), textOf(entry, cartridge.launchUrl)]),
  ),
});
