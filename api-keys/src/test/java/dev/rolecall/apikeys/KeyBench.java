package dev.rolecall.apikeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;

/** A file of keys in a folder of the test, time that stands still, and a verifier of the file. */
final class KeyBench implements AutoCloseable {

  static final ApiClient CI = new ApiClient("ci");
  static final Duration LIFE = Duration.ofDays(90);

  /** A connection whose TLS ends at this server. */
  static final Connection TLS =
      new Connection("198.51.100.1", Set.of(BindingHash.of(new byte[] {1})));

  final ManualTime time = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler(time);
  final SecureRandom random = new SecureRandom();
  final AccessRuntime runtime =
      AccessRuntime.builder().clock(time).ticker(time::nanos).scheduler(scheduler).build();
  final Path path;
  final KeyFile file;

  KeyBench(Path folder) {
    this.path = folder.resolve("keys.jsonl");
    this.file = KeyFile.at(path);
  }

  ApiKey issue() {
    return issue(CI);
  }

  ApiKey issue(ApiClient client) {
    return file.issue(client, time.instant(), time.instant().plus(LIFE), random).orElseThrow();
  }

  void disable(ApiKey key) {
    assertThat(file.disable(key.id(), time.instant())).isPresent();
  }

  void write(String text) {
    try {
      Files.writeString(path, text, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    try {
      return Files.readString(path, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ApiKeys scheme() {
    return ApiKeys.follow(path).executor(scheduler);
  }

  CallerVerifier verifier() {
    return scheme().verifier(runtime);
  }

  /** Lets the checks of the file see it twice. */
  void reload() {
    scheduler.tick();
    scheduler.tick();
  }

  static Reading read(CallerVerifier verifier, String token) {
    return verifier.read(Credential.bearer(token), TLS);
  }

  static Caller verified(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Settled.class);
    Verification verdict = ((Reading.Settled) reading).verification();
    assertThat(verdict).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) verdict).caller();
  }

  static RefusalReason refused(Reading reading) {
    return refusal(reading).reason();
  }

  static Verification.Refused refusal(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Settled.class);
    Verification verdict = ((Reading.Settled) reading).verification();
    assertThat(verdict).isInstanceOf(Verification.Refused.class);
    return (Verification.Refused) verdict;
  }

  @Override
  public void close() {
    runtime.close();
    scheduler.close();
  }
}
