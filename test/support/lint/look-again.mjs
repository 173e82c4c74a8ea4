// What a locator shows may still be coming: `expect(await locator.allInnerTexts())` looks once, and too early. So does
// `expect(app.soFar)` at what a process has written.
const LOOKS = new Set(['allInnerTexts', 'allTextContents', 'ariaSnapshot', 'boundingBox', 'count']);

/** True for `await x.count()`, `(await x.boundingBox())?.width` and the like. */
function looksOnce(node) {
  if (node?.type === 'ChainExpression') return looksOnce(node.expression);
  if (node?.type === 'MemberExpression') return looksOnce(node.object);
  if (node?.type !== 'AwaitExpression' || node.argument.type !== 'CallExpression') return false;
  const { callee } = node.argument;
  return callee.type === 'MemberExpression' && LOOKS.has(callee.property.name);
}

/** True for what a process has written so far. */
function readsOutput(node) {
  return node?.type === 'MemberExpression' && node.property.name === 'soFar';
}

/** Objects to one look at what may still be coming. */
export const lookAgain = {
  create: (context) => ({
    CallExpression(node) {
      if (node.callee.name !== 'expect') return;
      if (looksOnce(node.arguments[0]))
        context.report({ node, message: 'Looks once: use an assertion of the locator, or expect.poll()' });
      if (readsOutput(node.arguments[0]))
        context.report({
          node,
          message: 'Looks once: use says(), or what the process has written when it ended',
        });
    },
  }),
};
