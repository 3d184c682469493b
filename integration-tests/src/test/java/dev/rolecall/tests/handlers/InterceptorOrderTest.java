package dev.rolecall.tests.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Interceptors before and behind the guard. */
@Timeout(120)
class InterceptorOrderTest {

  private static final Context.Key<String> TENANT = Context.key("tenant");
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** Sees how each call ends, and who called, as tracing does. */
  private ServerInterceptor observer(String name) {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String caller = CurrentCaller.find().isPresent() ? "caller" : "nobody";
        return next.startCall(
            new SimpleForwardingServerCall<>(call) {
              @Override
              public void close(Status status, Metadata trailers) {
                seen.add(name + " " + caller + " " + status.getCode());
                super.close(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private static ServerBuilder<?> inOrder(
      ServerBuilder<?> builder,
      CallGuard guard,
      ServerInterceptor exceptions,
      ServerInterceptor tracing) {
    // region order
    builder
        .addService(new ShopOrders())
        .intercept(exceptions) // behind the guard: runs for admitted calls, and knows the caller
        .intercept(guard)
        .intercept(tracing); // before the guard: runs for refused calls too
    // endregion
    return builder;
  }

  @Test
  void interceptorBefore_seesRefusedCalls_andNoCaller() throws Exception {
    Shop shop = new Shop(rolecall);
    Channel channel =
        shop.serve(
            builder -> inOrder(builder, shop.guard(), observer("behind"), observer("before")));

    assertThat(Shop.end(shop.checkout(channel), "tea")).isEqualTo(Status.Code.OK);
    assertThat(Shop.end(OrdersGrpc.newBlockingStub(channel), "tea"))
        .isEqualTo(Status.Code.UNAUTHENTICATED);

    assertThat(seen)
        .containsExactly("behind caller OK", "before nobody OK", "before nobody UNAUTHENTICATED");
  }

  @Test
  void exceptionMapper_behindTheGuard_mapsTheFirstCallAndTheNext() throws Exception {
    Shop shop = new Shop(rolecall);
    Channel channel =
        shop.serve(
            builder -> inOrder(builder, shop.guard(), new ExceptionMapper(), observer("before")));

    assertThat(Shop.end(shop.checkout(channel), "nothing")).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(Shop.end(shop.checkout(channel), "nothing")).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void exceptionMapper_beforeTheGuard_mapsWhatItsEventsThrow() throws Exception {
    Shop shop = new Shop(rolecall);
    Channel channel =
        shop.serve(
            builder -> inOrder(builder, shop.guard(), observer("behind"), new ExceptionMapper()));

    assertThat(Shop.end(shop.checkout(channel), "nothing")).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(Shop.end(shop.checkout(channel), "nothing")).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(Shop.end(OrdersGrpc.newBlockingStub(channel), "nothing"))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void contextOfAnInterceptorBefore_isThereInTheHandler_onTheFirstCallToo() throws Exception {
    Shop shop = new Shop(rolecall);
    Channel channel =
        shop.serve(
            builder -> inOrder(builder, shop.guard(), new TenantReader(seen), new TenantOfCall()));

    Shop.askedBy(shop.checkout(channel), "tea");
    Shop.askedBy(shop.checkout(channel), "tea");

    assertThat(seen).containsExactly("acme", "acme");
  }

  @Test
  void metadata_behindTheGuard_hasTheProofStill() throws Exception {
    Shop shop = new Shop(rolecall);
    Channel channel =
        shop.serve(
            builder ->
                inOrder(builder, shop.guard(), new MetadataReader(seen), observer("before")));

    Shop.askedBy(shop.checkout(channel), "tea");

    assertThat(seen.get(0)).startsWith("Bearer ");
  }

  /** Puts a value into the context, as tracing and readers of metadata do. */
  private static final class TenantOfCall implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return Contexts.interceptCall(
          Context.current().withValue(TENANT, "acme"), call, headers, next);
    }
  }

  private record TenantReader(List<String> seen) implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      seen.add(String.valueOf(TENANT.get()));
      return next.startCall(call, headers);
    }
  }

  private record MetadataReader(List<String> seen) implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      seen.add(String.valueOf(headers.get(AUTHORIZATION)));
      return next.startCall(call, headers);
    }
  }
}
