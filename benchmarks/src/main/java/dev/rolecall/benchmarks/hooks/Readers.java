package dev.rolecall.benchmarks.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofReading;
import dev.rolecall.verifier.internal.answer.AnswerReader;
import dev.rolecall.verifier.internal.answer.StsResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures the cost of looking a proof up, before and after STS is asked. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Readers {

  private static final String ANSWER =
      """
      {"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"111122223333",\
      "Arn":"arn:aws:sts::111122223333:assumed-role/checkout/i-0123456789abcdef0",\
      "UserId":"AROABENCHMARKBENCHMAR:i-0123456789abcdef0"},\
      "ResponseMetadata":{"RequestId":"01234567-89ab-cdef-0123-456789abcdef"}}}""";

  private final String text = SignedProofs.text();
  private final byte[] answer = ANSWER.getBytes(UTF_8);

  @Benchmark
  public ProofReading readProof() {
    return CallerProof.read(text);
  }

  @Benchmark
  public Object readAnswer() {
    return AnswerReader.read(new StsResponse(200, List.of("application/json"), answer));
  }
}
