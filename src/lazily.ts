/**
 * Makes a value when it is first asked for, once. Schemas are made so: all of them together would be most of the
 * Worker's start, and a request needs two.
 */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
