package dev.rolecall.tests.docs;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.GetOrder;
import dev.rolecall.tests.docs.orders.Order;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import dev.rolecall.tests.docs.orders.OrdersGrpc.OrdersBlockingStub;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;

/**
 * The README's snippets. What stands between {@code region} and {@code endregion} stands there too,
 * letter by letter; {@link SnippetsTest} runs it.
 */
final class Snippets {

  private Snippets() {}

  static Order client(ManagedChannel channel, String item) {
    CreateOrder request = CreateOrder.newBuilder().setItem(item).build();
    // region client
    IamCallCredentials role = IamCallCredentials.forAudience("orders");
    OrdersBlockingStub orders = OrdersGrpc.newBlockingStub(channel).withCallCredentials(role);
    Order order = orders.create(request);
    // endregion
    role.close();
    return order;
  }

  static Running server(int port, ServerCredentials tls, Path policyFile) {
    // region server
    CallGuard guard =
        CallGuard.builder(PolicyFile.follow(policyFile))
            .accept(
                StsVerifier.forAudience("orders")
                    .trustAccount(Partition.AWS, AccountId.parse("111122223333")))
            .build();
    Server server =
        Grpc.newServerBuilderForPort(port, tls).addService(new Orders()).intercept(guard).build();
    // endregion
    return new Running(server, guard);
  }

  /** A server and what is closed after it. */
  record Running(Server server, CallGuard guard) {

    void stop() throws InterruptedException {
      // region stop
      server.shutdown().awaitTermination();
      guard.close();
      // endregion
    }
  }

  static final class Orders extends OrdersGrpc.OrdersImplBase {

    @Override
    public void create(CreateOrder request, StreamObserver<Order> answers) {
      // region handler
      Caller caller = CurrentCaller.get();
      // endregion
      answer(request.getItem(), caller, answers);
    }

    @Override
    public void get(GetOrder request, StreamObserver<Order> answers) {
      answer(request.getItem(), CurrentCaller.get(), answers);
    }

    private static void answer(String item, Caller caller, StreamObserver<Order> answers) {
      answers.onNext(
          Order.newBuilder().setItem(item).setAskedBy(caller.principal().text()).build());
      answers.onCompleted();
    }
  }
}
