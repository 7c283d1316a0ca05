import { join } from 'node:path';
import { type handleUnaryCall, loadPackageDefinition, type ServiceDefinition, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { kubernetesModuleFile } from '../tools/go-module-files';

/** The services of the CSI specification, as gRPC serves them. */
export interface CsiServices {
  readonly Identity: { readonly service: ServiceDefinition };
  readonly Controller: { readonly service: ServiceDefinition };
  readonly Node: { readonly service: ServiceDefinition };
}

export function csiServices(): CsiServices {
  const definition = loadSync(join(kubernetesModuleFile('github.com/container-storage-interface/spec'), 'csi.proto'), {
    keepCase: true,
    // 64-bit sizes do not fit into a number.
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  return (loadPackageDefinition(definition) as Message).csi.v1;
}

/** A failed call, with the code by which the sidecars decide whether and when to try again. */
export class CsiError extends Error {
  public constructor(
    public readonly code: status,
    message: string,
  ) {
    super(message);
  }
}

/** A message as csi.proto describes it; there are no TypeScript types for it. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Message = any;

/** What a method of the driver does with a request. */
export type CsiMethod = (request: Message) => Promise<object> | object;

/** Lets gRPC call an ordinary function; what it throws becomes the status of the call. */
export function unary(method: CsiMethod): handleUnaryCall<object, object> {
  return (call, reply) => {
    Promise.resolve()
      .then(() => method(call.request))
      .then(
        (response) => reply(null, response),
        (error) => reply({ code: error instanceof CsiError ? error.code : status.INTERNAL, details: String(error.message) }),
      );
  };
}

export function required<T>(value: T | undefined | null | '', field: string): T {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    throw new CsiError(status.INVALID_ARGUMENT, `${field} is missing`);
  }
  return value as T;
}
