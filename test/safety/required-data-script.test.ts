import { isInstalled } from './data-check';
import { theScriptKeepsItsRules } from './data-check-rules';

// The image of the init container has busybox. Where that is not installed, the shell of this machine has to do; the tests on the real cluster
// install busybox, and ask it always.
theScriptKeepsItsRules('sh');
if (isInstalled('busybox')) theScriptKeepsItsRules('busybox sh');
