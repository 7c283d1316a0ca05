import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/**
 * Leaves out the texts of a rule: its id, sentence, remediation and so on. They are data, and test/docs compares every word of them with
 * docs/rules.md.
 */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'rule-texts', {
    shouldIgnore({ node, parentPath: property }) {
      if (node.type !== 'StringLiteral' && node.type !== 'TemplateLiteral') return undefined;
      const declared = property?.isObjectProperty() && property.parentPath.parent;
      const isRule = declared?.type === 'VariableDeclarator' && declared.id.typeAnnotation?.typeAnnotation.typeName?.name === 'Rule';
      return isRule ? 'test/docs compares it with docs/rules.md' : undefined;
    },
  }),
];
