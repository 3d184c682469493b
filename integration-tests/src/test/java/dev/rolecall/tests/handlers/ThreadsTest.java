package dev.rolecall.tests.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestCallers;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.Order;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The caller on other threads, and handlers on virtual ones. */
@Timeout(120)
class ThreadsTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  @Test
  void caller_isThereOnAnotherThread_whereTheContextIs() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    rolecall.closing(executor::shutdownNow);

    TestCallers.runAs(
        TestCallers.role(Shop.CHECKOUT),
        () -> {
          // region executor
          Executor withCaller = Context.currentContextExecutor(executor);
          CompletableFuture<String> role =
              CompletableFuture.supplyAsync(
                  () -> CurrentCaller.get().principal().text(), withCaller);
          // endregion
          assertThat(role.join()).isEqualTo(Shop.CHECKOUT);
          assertThat(CompletableFuture.supplyAsync(CurrentCaller::find, executor).join()).isEmpty();
        });
  }

  @Test
  void handlers_runOnVirtualThreads_onTheFirstCallToo() throws Exception {
    Optional<ExecutorService> found = virtualThreads();
    assumeTrue(found.isPresent(), "virtual threads need Java 21: run the tests with a newer JDK");
    ExecutorService virtualThreads = found.get();
    rolecall.closing(virtualThreads::shutdownNow);
    PolicySource policies = PolicySource.fixed(Shop.policy());
    Scheme scheme = rolecall.verifier();
    // region virtual
    AccessRuntime runtime = AccessRuntime.builder().applicationExecutor(virtualThreads).build();
    CallGuard guard = CallGuard.builder(policies).accept(scheme).runtime(runtime).build();
    // endregion
    rolecall.closing(guard);
    Shop shop = new Shop(rolecall);
    Channel channel =
        shop.serve(
            builder ->
                builder.executor(virtualThreads).addService(new ThreadTeller()).intercept(guard));

    assertThat(Shop.askedBy(shop.checkout(channel), "tea")).isEqualTo("virtual");
    assertThat(Shop.askedBy(shop.checkout(channel), "tea")).isEqualTo("virtual");
  }

  /** By reflection: this is compiled for Java 17. */
  private static Optional<ExecutorService> virtualThreads() throws Exception {
    Optional<Method> factory =
        Stream.of(Executors.class.getMethods())
            .filter(method -> method.getName().equals("newVirtualThreadPerTaskExecutor"))
            .findAny();
    return factory.isEmpty()
        ? Optional.empty()
        : Optional.of((ExecutorService) factory.get().invoke(null));
  }

  private static final class ThreadTeller extends OrdersGrpc.OrdersImplBase {

    @Override
    public void create(CreateOrder request, StreamObserver<Order> answers) {
      String kind = Thread.currentThread().toString().startsWith("Virtual") ? "virtual" : "other";
      answers.onNext(Order.newBuilder().setAskedBy(kind).build());
      answers.onCompleted();
    }
  }
}
