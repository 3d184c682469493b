package dev.rolecall.cli.proxy;

import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.GrantsOptions;
import dev.rolecall.cli.front.PolicyOptions;
import dev.rolecall.cli.front.RecordOptions;
import dev.rolecall.cli.front.ServedFeed;
import dev.rolecall.cli.front.ServedGrants;
import dev.rolecall.cli.front.ServedPolicies;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.cli.options.VerifierOptions;
import dev.rolecall.cli.schemes.ClientAuthorities;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.identity.Audience;
import dev.rolecall.verifier.StsVerifier;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of one audience: who its callers may be, and what each of them may call. */
public final class AudienceOptions {

  /** Makes and closes the doors of one kind of proxy. */
  public interface Doors<T> {
    /** A door with the control of that builder within. */
    T open(AccessControlBuilder control);

    /** Closes the door, and the control with it. */
    void close(T door);

    /** What gets the records of the control's decisions too. */
    default ServedFeed feed() {
      return ServedFeed.none();
    }
  }

  @Mixin PolicyOptions policies;

  @Mixin VerifierOptions verifying;

  @Mixin GrantsOptions grants;

  @Mixin RecordOptions records;

  @Option(
      names = "--require-channel-binding",
      description = "Refuse proofs that are not bound to the certificate that callers see.")
  boolean channelBindingRequired;

  /** Has no file made from now on: a door that is opened is none that serves. */
  public void onlyCheck() {
    records.onlyCheck();
  }

  /**
   * The door of that audience.
   *
   * @param front the connections that callers come over
   * @param doors makes it of what decides about its calls, and closes it
   * @throws CommandFailure if a file or a value does not do, or options contradict one another
   */
  public <T> GuardedAudience<T> opened(
      Audience audience, Front front, OpenTelemetry telemetry, Doors<T> doors) {
    List<Scheme> schemes = schemes(audience, front);
    ServedPolicies served = policies.opened(schemes);
    ServedGrants followed = ServedGrants.none();
    try {
      followed = grants.following(sts());
      AccessControlBuilder control =
          followed.followedBy(
              served.control().runtime(AccessRuntime.builder().openTelemetry(telemetry).build()));
      schemes.forEach(control::accept);
      if (clientAuthorities().map(ClientAuthorities::callFirst).orElse(false)) {
        control.credentialOfCallBeforeClientCertificate();
      }
      T door = records.built(control, doors.feed(), doors::open);
      ServedGrants opened = followed;
      return new GuardedAudience<>(
          audience,
          door,
          () -> Closing.all(List.of(() -> doors.close(door), opened::close, served::close)),
          Stream.concat(
                  Stream.of(records.note()).filter(note -> !note.isEmpty()),
                  doors.feed().note(served::mayAllow).stream())
              .toList());
    } catch (IllegalArgumentException e) {
      Closing.all(List.of(followed::close, served::close));
      throw new CommandFailure(e.getMessage() + followed.hint(e), e);
    } catch (RuntimeException | Error e) {
      Closing.all(List.of(followed::close, served::close));
      throw e;
    }
  }

  private List<Scheme> schemes(Audience audience, Front front) {
    List<Audience> audiences = List.of(audience);
    StsVerifier verifier = verifying.proofs().verifier(audiences);
    List<Scheme> schemes = new ArrayList<>();
    schemes.add(channelBindingRequired ? verifier.requireChannelBinding() : verifier);
    schemes.addAll(verifying.schemes().schemes(front, audiences));
    return schemes;
  }

  /** The chosen STS. */
  public StsChoice sts() {
    return verifying.proofs().sts();
  }

  /** The authorities whose clients are asked for a certificate; empty if none are. */
  public Optional<ClientAuthorities> clientAuthorities() {
    return verifying.schemes().clientAuthorities();
  }
}
