package dev.rolecall.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.Server;
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
  private final List<AuditRecord> audits;
  private final CallGuard guard;
  private final Server server;
  private int ended;

  private RunningServer(
      TlsProvider provider, AttestedServerBuilder tls, CallGuard guard, List<AuditRecord> audits) {
    this.guard = guard;
    this.audits = audits;
    this.server =
        tls.newServerBuilder(provider::server, guard)
            .addService(greeter)
            .addStreamTracerFactory(countingStreams())
            .addTransportFilter(countingConnections())
            .build();
  }

  /** Starts a server with all its decisions on record. */
  static RunningServer start(
      TlsProvider provider, AttestedServerBuilder tls, CallGuardBuilder options) {
    List<AuditRecord> audits = new CopyOnWriteArrayList<>();
    CallGuard guard =
        options
            .audit(AuditRules.ofDefaults().to(audits::add).on(AuditCondition.BOTH))
            .watchPeriod(Duration.ofMillis(20))
            .build();
    try {
      RunningServer running = new RunningServer(provider, tls, guard, audits);
      running.server.start();
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerTransportFilter countingConnections() {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes transport) {
        connections.incrementAndGet();
        return transport;
      }

      @Override
      public void transportTerminated(Attributes transport) {
        connectionEnded();
      }
    };
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
