package dev.rolecall.sample.orders;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import dev.rolecall.sample.api.CancelOrder;
import dev.rolecall.sample.api.CreateOrder;
import dev.rolecall.sample.api.GetOrder;
import dev.rolecall.sample.api.Order;
import dev.rolecall.sample.api.OrdersGrpc;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;
import org.springframework.security.access.prepost.PreAuthorize;

/** Answers with the item, and who asked. */
@GrpcService
class OrdersService extends OrdersGrpc.OrdersImplBase {

  @Override
  public void create(CreateOrder request, StreamObserver<Order> answers) {
    answer(request.getItem(), answers);
  }

  @Override
  public void get(GetOrder request, StreamObserver<Order> answers) {
    answer(request.getItem(), answers);
  }

  @Override
  @PreAuthorize("hasAuthority('arn:aws:iam::111122223333:role/checkout')")
  public void cancel(CancelOrder request, StreamObserver<Order> answers) {
    answer(request.getItem(), answers);
  }

  private static void answer(String item, StreamObserver<Order> answers) {
    Caller caller = CurrentCaller.get();
    answers.onNext(Order.newBuilder().setItem(item).setAskedBy(caller.principal().text()).build());
    answers.onCompleted();
  }
}
