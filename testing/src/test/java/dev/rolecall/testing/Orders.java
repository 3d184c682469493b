package dev.rolecall.testing;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.IamRole;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;

/** A user's service: it answers with what is ordered, and by which role. */
final class Orders implements BindableService {

  String create(String item) {
    IamRole role = CurrentCaller.get().role().orElseThrow();
    return item + " for " + role.arn().name();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder("orders.v1.Orders")
        .addMethod(
            OrdersGrpc.CREATE,
            ServerCalls.asyncUnaryCall(
                (item, answers) -> {
                  answers.onNext(create(item));
                  answers.onCompleted();
                }))
        .build();
  }
}
