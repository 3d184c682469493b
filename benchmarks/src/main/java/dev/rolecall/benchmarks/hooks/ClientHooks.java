package dev.rolecall.benchmarks.hooks;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the client's work for a call: it puts its proof into the metadata, or makes a new one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClientHooks {

  /** Twice what a source remembers, so that each is signed anew when its turn comes again. */
  private static final int BINDINGS = 512;

  private final IamCallCredentials credentials = SignedProofs.credentials();
  private final ProofSource source = SignedProofs.source();
  private final Channel connection = new Channel();
  private final ProofBinding[] bindings = new ProofBinding[BINDINGS];
  private int turn;

  /** Signs the first proof, and makes the bindings of those to come. */
  @Setup
  public void prepare() {
    for (int i = 0; i < BINDINGS; i++) {
      bindings[i] =
          new ProofBinding.Channel(BindingHash.of(new byte[] {(byte) i, (byte) (i >> 8)}));
    }
    applyProof();
  }

  /** Lets go of what was made. */
  @TearDown
  public void close() {
    credentials.close();
    source.close();
  }

  /** A call's metadata, and the object that gRPC makes to be answered. */
  @Benchmark
  public Metadata noCredentials() {
    return new Answer().headers;
  }

  @Benchmark
  public Metadata applyProof() {
    Answer answer = new Answer();
    credentials.applyRequestMetadata(connection, Runnable::run, answer);
    return answer.headers;
  }

  @Benchmark
  public CallerProof signProof() {
    ProofBinding binding = bindings[turn++ & (BINDINGS - 1)];
    return source.proof(binding, Runnable::run).toCompletableFuture().join();
  }

  /** As gRPC answers: the metadata applied is copied into the call's own. */
  private static final class Answer extends CallCredentials.MetadataApplier {

    final Metadata headers = new Metadata();

    @Override
    public void apply(Metadata applied) {
      headers.merge(applied);
    }

    @Override
    public void fail(Status status) {
      throw status.asRuntimeException();
    }
  }

  /** A connection with transport security. */
  private static final class Channel extends CallCredentials.RequestInfo {

    private final Attributes attributes = Attributes.newBuilder().build();

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      return UnaryCall.METHOD;
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return SecurityLevel.PRIVACY_AND_INTEGRITY;
    }

    @Override
    public String getAuthority() {
      return SignedProofs.AUDIENCE;
    }

    @Override
    public Attributes getTransportAttrs() {
      return attributes;
    }
  }
}
