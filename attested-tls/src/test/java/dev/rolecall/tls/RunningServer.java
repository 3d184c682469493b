package dev.rolecall.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.audit.AuditCondition;
import dev.rolecall.verifier.audit.AuditRecord;
import dev.rolecall.verifier.grpc.RoleGuard;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerStreamTracer;
import io.grpc.ServerTransportFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link Greeter} behind attested TLS, on 127.0.0.1. */
final class RunningServer implements AutoCloseable {

  private final Greeter greeter = new Greeter();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<AuditRecord> audits = new CopyOnWriteArrayList<>();
  private final RoleGuard guard;
  private final Server server;
  private int ended;

  private RunningServer(TlsProvider provider, AttestedServer tls, PolicySource policy) {
    this.guard =
        tls.guard(policy)
            .auditing(AuditCondition.BOTH)
            .auditLog(audits::add)
            .watchPeriod(Duration.ofMillis(20))
            .build();
    ServerBuilder<?> builder = provider.server(tls.credentials());
    builder.addService(greeter).addStreamTracerFactory(countingStreams());
    builder.addTransportFilter(
        new ServerTransportFilter() {
          @Override
          public Attributes transportReady(Attributes transport) {
            connections.incrementAndGet();
            return transport;
          }

          @Override
          public void transportTerminated(Attributes transport) {
            connectionEnded();
          }
        });
    this.server = tls.secure(builder, guard).build();
  }

  static RunningServer start(TlsProvider provider, AttestedServer tls, PolicySource policy) {
    RunningServer running = new RunningServer(provider, tls, policy);
    try {
      running.server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return running;
  }

  private ServerStreamTracer.Factory countingStreams() {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        streams.incrementAndGet();
        return new ServerStreamTracer() {};
      }
    };
  }

  int port() {
    return server.getPort();
  }

  /** How many handlers were started. */
  int handled() {
    return greeter.started();
  }

  /** How many requests' headers arrived. */
  int streams() {
    return streams.get();
  }

  /** How many handshakes ended well. */
  int connections() {
    return connections.get();
  }

  /** Waits until no more connections stand than that. */
  synchronized void awaitOpenAtMost(int number) throws InterruptedException {
    long patience = TimeUnit.MINUTES.toNanos(2);
    long start = System.nanoTime();
    while (connections.get() - ended > number) {
      assertThat(System.nanoTime() - start).as("nanoseconds waited").isLessThan(patience);
      wait(TimeUnit.NANOSECONDS.toMillis(patience));
    }
  }

  private synchronized void connectionEnded() {
    ended++;
    notifyAll();
  }

  /** The decisions so far, or since they were forgotten. */
  List<AuditRecord> audits() {
    return List.copyOf(audits);
  }

  /** Keeps no decision of those so far, nor the callers in them. */
  void forgetAudits() {
    audits.clear();
  }

  @Override
  public void close() {
    Surroundings.end(server);
    guard.close();
  }
}
