package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.testsupport.LoopbackServer;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server without any Rolecall in it, which answers every method by the test's script. */
final class ScriptedUpstream implements AutoCloseable {

  private final Server server;
  private volatile Script script = Script.silent();
  private volatile Seen last = new Seen();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();

  /** One call as the upstream saw it. */
  static final class Seen {

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> flags = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Metadata> headers = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    List<String> events() {
      return List.copyOf(events);
    }

    /** Which messages came compressed. */
    List<String> flags() {
      return List.copyOf(flags);
    }

    Metadata headers() {
      return Awaited.of(headers);
    }

    String end() {
      return Awaited.of(end);
    }

    /** Those of the test, with their values. */
    static List<String> texts(Metadata headers) {
      List<String> texts = new ArrayList<>();
      for (String name : new TreeSet<>(headers.keys())) {
        if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
          requireNonNull(headers.getAll(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER)))
              .forEach(value -> texts.add(name + ": " + Bytes.text(value)));
        } else {
          requireNonNull(headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)))
              .forEach(value -> texts.add(name + ": " + value));
        }
      }
      return texts;
    }
  }

  private ScriptedUpstream(
      TestCertificate certificate, int limit, ServerInterceptor... interceptors) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(LoopbackServer.address(), 0), certificate.ofServer())
            .maxInboundMessageSize(limit)
            .fallbackHandlerRegistry(new AnyMethod())
            .addStreamTracerFactory(new Flags());
    for (ServerInterceptor each : interceptors) {
      builder.intercept(each);
    }
    this.server = builder.build();
  }

  static ScriptedUpstream start(TestCertificate certificate, ServerInterceptor... interceptors) {
    return started(new ScriptedUpstream(certificate, 64 << 20, interceptors));
  }

  /** One that takes no longer messages. */
  static ScriptedUpstream startLimited(TestCertificate certificate, int bytes) {
    return started(new ScriptedUpstream(certificate, bytes));
  }

  private static ScriptedUpstream started(ScriptedUpstream upstream) {
    try {
      upstream.server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return upstream;
  }

  int port() {
    return server.getPort();
  }

  String target() {
    return "127.0.0.1:" + port();
  }

  void answers(Script next) {
    script = next;
    last = new Seen();
  }

  /** The last call. */
  Seen seen() {
    return last;
  }

  /** The calls so far. */
  int calls() {
    return calls.get();
  }

  /** Those of them that were cancelled. */
  int cancelled() {
    return cancelled.get();
  }

  /** Breaks all its connections. */
  void kill() {
    server.shutdownNow();
    Termination.of("the upstream", server::awaitTermination);
  }

  @Override
  public void close() {
    kill();
  }

  private ServerCall.Listener<byte[]> accept(ServerCall<byte[], byte[]> call, Metadata headers) {
    Script now = script;
    Seen seen = last;
    calls.incrementAndGet();
    seen.headers.complete(headers);
    now.started().accept(call);
    call.request(now.asks());
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] message) {
        seen.events.add("message " + Bytes.text(message));
        now.message().accept(call, message);
      }

      @Override
      public void onReady() {
        now.ready().accept(call);
      }

      @Override
      public void onHalfClose() {
        seen.events.add("half-close");
        now.halfClosed().accept(call);
      }

      @Override
      public void onCancel() {
        cancelled.incrementAndGet();
        seen.end.complete("cancelled");
      }

      @Override
      public void onComplete() {
        seen.end.complete("complete");
      }
    };
  }

  private final class AnyMethod extends HandlerRegistry {

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
      return ServerMethodDefinition.create(Bytes.method(name), ScriptedUpstream.this::accept);
    }
  }

  /** Notes which messages came compressed: their length is not known then. */
  private final class Flags extends ServerStreamTracer.Factory {

    @Override
    public ServerStreamTracer newServerStreamTracer(String name, Metadata headers) {
      Seen seen = last;
      return new ServerStreamTracer() {
        @Override
        public void inboundMessageRead(int number, long wire, long uncompressed) {
          seen.flags.add("wire " + number + (uncompressed < 0 ? " compressed" : " plain"));
        }
      };
    }
  }

  /** Waits for what comes soon. */
  static final class Awaited {

    private static final long SECONDS = 20;

    private Awaited() {}

    static <T> T of(CompletableFuture<T> future) {
      try {
        return future.orTimeout(SECONDS, java.util.concurrent.TimeUnit.SECONDS).join();
      } catch (CompletionException e) {
        throw new AssertionError("did not come", e);
      }
    }
  }
}
