export { SnapshotCloneValidation } from './snapshot-clone-validation';
