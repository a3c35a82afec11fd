import { posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** What the file wrote. */
  readonly specifier: string;
  /** The file it leads to, from the repository root; `undefined` for a package or a built-in. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

/** What the rules need to know of one source file. */
export interface Source {
  /** From the repository root, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Ambient things it reaches for, such as `Date.now` or `process`. */
  readonly ambient: readonly string[];
  readonly defaultExport: boolean;
}

/** Names that stand for the outside world: the clock, timers, the environment, the network, chance. */
const AMBIENT_NAMES = new Set([
  'process',
  'console',
  'globalThis',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'require',
]);
const AMBIENT_MEMBERS = new Set(['Date.now', 'Math.random']);
/** Methods whose answer depends on the language or time zone of the machine. */
const LOCAL_METHOD =
  /^(localeCompare|toLocale\w+|getTimezoneOffset|get(FullYear|Month|Date|Day|Hours|Minutes))$/;

/** Reads one file by its syntax tree. */
export function readSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const ambient: string[] = [];
  let defaultExport = false;
  const visit = (node: ts.Node): void => {
    const found = importOf(path, node);
    if (found !== undefined) imports.push(found);
    const reached = ambientOf(node);
    if (reached !== undefined) ambient.push(reached);
    defaultExport ||= isDefaultExport(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, lines, imports, ambient, defaultExport };
}

function importOf(path: string, node: ts.Node): Import | undefined {
  const specifier = specifierOf(node);
  if (specifier === undefined) return undefined;
  const target = specifier.startsWith('.')
    ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
    : undefined;
  return { specifier, target, typeOnly: isTypeOnly(node) };
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return literal(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined;
  }
  const dynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return dynamic ? (literal(node.arguments[0]) ?? node.getText()) : undefined;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return (
    ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  );
}

function ambientOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return ambientMember(node);
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    // `new Date()` and `Date()` read the clock; `new Date(time)` does not.
    const date = ts.isIdentifier(node.expression) && node.expression.text === 'Date';
    return date && !node.arguments?.length ? 'new Date()' : undefined;
  }
  const ambient = ts.isIdentifier(node) && AMBIENT_NAMES.has(node.text) && !isMemberName(node);
  return ambient ? node.text : undefined;
}

function ambientMember(node: ts.PropertyAccessExpression): string | undefined {
  const member = `${node.expression.getText()}.${node.name.text}`;
  if (AMBIENT_MEMBERS.has(member)) return member;
  return LOCAL_METHOD.test(node.name.text) ? `.${node.name.text}` : undefined;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent)
  );
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((m) => m.kind === ts.SyntaxKind.DefaultKeyword)
  );
}
