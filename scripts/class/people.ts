/** The students of the class that has worked, in the order of the LMS's list; `does`: how well they cite. */
export const students = [
  { key: 'amara', name: 'Amara Nwosu', does: 'well' },
  { key: 'jonas', name: 'Jonas Lindqvist', does: 'fairly' },
  { key: 'xiaohong', name: '李小红', does: 'well' },
  { key: 'layla', name: 'ليلى منصور', does: 'fairly' },
  { key: 'maria', name: 'Мария Соколова', does: 'well' },
  { key: 'tomas', name: 'Tomás Herrera Vidal', does: 'poorly' },
  { key: 'priya', name: 'Priya Raghunathan', does: 'fairly' },
  { key: 'kostas', name: 'Κώστας Παππάς', does: 'poorly' },
  {
    key: 'maximiliane',
    name: 'Maximiliane Theodora Freifrau von Hohenlohe-Waldenburg-Schillingsfürst',
    does: 'fairly',
  },
  { key: 'jiwoo', name: 'Ji-woo Park', does: 'well' },
  { key: 'chloe', name: 'Chloé Dubois', does: 'poorly' },
  { key: 'grace', name: 'Grace Hopkins', does: 'fairly' },
  { key: 'newcomer', name: 'Wren Abbott', does: 'nothing' },
] as const;

export const staff = [
  { key: 'ines', name: 'Ines Okafor', role: 'Instructor' },
  { key: 'rui', name: 'Rui Tavares', role: 'TeachingAssistant' },
] as const;

export type StudentKey = (typeof students)[number]['key'];
export type PersonKey = StudentKey | (typeof staff)[number]['key'];
