package dev.rolecall.cli.demo;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.Channel;

/**
 * A caller of the demo about access for a time, at both of its servers.
 *
 * @param access a channel to the access service
 * @param accessProofs the proofs for it
 * @param orders a channel to the guarded server
 * @param ordersProofs the proofs for that
 */
record AccessPerson(
    Channel access, CallCredentials accessProofs, Channel orders, CallCredentials ordersProofs) {

  /** Calls of the access service. */
  AccessServiceGrpc.AccessServiceBlockingStub service() {
    return AccessServiceGrpc.newBlockingStub(access).withCallCredentials(accessProofs);
  }

  /** Calls of the guarded server. */
  EchoGrpc.EchoBlockingStub calls() {
    return EchoGrpc.newBlockingStub(orders).withCallCredentials(ordersProofs);
  }

  /** Streams of the guarded server. */
  EchoGrpc.EchoStub streams() {
    return EchoGrpc.newStub(orders).withCallCredentials(ordersProofs);
  }
}
