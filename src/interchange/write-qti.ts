import { packageOf } from './package.ts';
import type { Question } from './questions.ts';
import { identifier, xml } from './xml.ts';

// QTI 3.0 (1EdTech): items after https://www.imsglobal.org/spec/qti/v3p0/impl section 3, the package after section 7.
const SCHEMAS = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd';
const ITEM = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';
const PACKAGE = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p>${xml(part).replaceAll('\n', '<br/>')}</p>`)
    .join('');

const outcome = (name: string, value: number, more = ''): string =>
  `  <qti-outcome-declaration identifier="${name}" cardinality="single" base-type="float"${more}>
    <qti-default-value><qti-value>${value}</qti-value></qti-default-value>
  </qti-outcome-declaration>`;

/** An item: the choice's weight is mapped to points (map_response), and what the rule says to it is modal feedback. */
const item = ({ id, title, text, max, choices }: Question): string => {
  const points = (weight: number) => (weight * max) / 10_000;
  // Where several choices earn everything none is *the* right one; the mapping has them all.
  const [right, another] = choices.filter(({ weight }) => weight === 100);
  const correct =
    right && !another
      ? `    <qti-correct-response><qti-value>${identifier(right.role)}</qti-value></qti-correct-response>\n`
      : '';
  const most = points(100);
  return `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="${ITEM}" xmlns:xsi="${XSI}" xsi:schemaLocation="${ITEM} ${SCHEMAS}/imsqti_asiv3p0p1_v1p0.xsd" identifier="${identifier(id)}" title="${xml(title)}" adaptive="false" time-dependent="false">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
${correct}    <qti-mapping lower-bound="0" upper-bound="${most}" default-value="0">
${choices.map(({ role, weight }) => `      <qti-map-entry map-key="${identifier(role)}" mapped-value="${points(weight)}"/>`).join('\n')}
    </qti-mapping>
  </qti-response-declaration>
${outcome('SCORE', 0, ` normal-minimum="0" normal-maximum="${most}"`)}
${outcome('MAXSCORE', most)}
  <qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>
  <qti-item-body>
    ${paragraphs(text)}
    <qti-choice-interaction response-identifier="RESPONSE" shuffle="false" min-choices="1" max-choices="1">
${choices.map(({ role, label }) => `      <qti-simple-choice identifier="${identifier(role)}">${xml(label)}</qti-simple-choice>`).join('\n')}
    </qti-choice-interaction>
  </qti-item-body>
  <qti-response-processing>
    <qti-set-outcome-value identifier="SCORE"><qti-map-response identifier="RESPONSE"/></qti-set-outcome-value>
    <qti-set-outcome-value identifier="FEEDBACK"><qti-variable identifier="RESPONSE"/></qti-set-outcome-value>
  </qti-response-processing>
${choices
  .filter(({ feedback }) => feedback !== '')
  .map(
    ({ role, feedback }) =>
      `  <qti-modal-feedback outcome-identifier="FEEDBACK" identifier="${identifier(role)}" show-hide="show"><qti-content-body>${paragraphs(feedback)}</qti-content-body></qti-modal-feedback>\n`,
  )
  .join('')}</qti-assessment-item>
`;
};

const manifest = (hrefs: readonly { id: string; href: string }[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="${PACKAGE}" xmlns:xsi="${XSI}" xsi:schemaLocation="${PACKAGE} ${SCHEMAS}/imsqtiv3p0_imscpv1p2_v1p0.xsd" identifier="cmgrclass-rules">
  <metadata>
    <schema>QTI Package</schema>
    <schemaversion>3.0.0</schemaversion>
  </metadata>
  <organizations/>
  <resources>
${hrefs.map(({ id, href }) => `    <resource identifier="item-${id}" type="imsqti_item_xmlv3p0" href="${href}"><file href="${href}"/></resource>`).join('\n')}
    <resource identifier="lost" type="webcontent" href="LOST.txt"><file href="LOST.txt"/></resource>
  </resources>
</manifest>
`;

/** The files of a QTI 3.0 package by name: the manifest, an item a question, and what the format could not carry. */
export const qtiFiles = (questions: readonly Question[], lost: readonly string[]): Record<string, string> => {
  const items = questions.map((question) => {
    const id = identifier(question.id);
    return { id, href: `items/${id}.xml`, text: item(question) };
  });
  return {
    'imsmanifest.xml': manifest(items),
    'LOST.txt': lost.map((line) => `${line}\n`).join(''),
    ...Object.fromEntries(items.map(({ href, text }) => [href, text])),
  };
};

/** The package as a ZIP archive. */
export const qtiPackage = (questions: readonly Question[], lost: readonly string[]): Uint8Array =>
  packageOf(qtiFiles(questions, lost));
