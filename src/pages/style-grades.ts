/** One's grades: a unit is a line that opens. */
export const gradesStyle = `
summary > h2 { display: inline; }
`;
