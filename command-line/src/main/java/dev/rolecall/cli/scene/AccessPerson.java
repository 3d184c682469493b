package dev.rolecall.cli.scene;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import io.grpc.Channel;

/**
 * A caller of a scene about access for a time, at both of its servers.
 *
 * @param access a channel to the access service
 * @param accessProofs the proofs for it
 * @param orders a channel to the guarded server
 * @param ordersProofs the proofs for that
 */
public record AccessPerson(
    Channel access,
    IamCallCredentials accessProofs,
    Channel orders,
    IamCallCredentials ordersProofs) {

  /** Calls of the access service. */
  public AccessServiceGrpc.AccessServiceBlockingStub service() {
    return AccessServiceGrpc.newBlockingStub(access).withCallCredentials(accessProofs);
  }

  /** Calls of the guarded server. */
  public EchoGrpc.EchoBlockingStub calls() {
    return EchoGrpc.newBlockingStub(orders).withCallCredentials(ordersProofs);
  }

  /** Streams of the guarded server. */
  public EchoGrpc.EchoStub streams() {
    return EchoGrpc.newStub(orders).withCallCredentials(ordersProofs);
  }
}
