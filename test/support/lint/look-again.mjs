// What a locator shows may still be coming: `expect(await locator.allInnerTexts())` looks once, and too early.
const LOOKS = new Set(['allInnerTexts', 'allTextContents', 'ariaSnapshot', 'boundingBox', 'count']);

/** True for `await x.count()`, `(await x.boundingBox())?.width` and the like. */
function looksOnce(node) {
  if (node?.type === 'ChainExpression') return looksOnce(node.expression);
  if (node?.type === 'MemberExpression') return looksOnce(node.object);
  if (node?.type !== 'AwaitExpression' || node.argument.type !== 'CallExpression') return false;
  const { callee } = node.argument;
  return callee.type === 'MemberExpression' && LOOKS.has(callee.property.name);
}

const lookAgain = {
  create: (context) => ({
    CallExpression(node) {
      if (node.callee.name === 'expect' && looksOnce(node.arguments[0]))
        context.report({ node, message: 'Looks once: use an assertion of the locator, or expect.poll()' });
    },
  }),
};

export default { meta: { name: 'tests' }, rules: { 'look-again': lookAgain } };
