package dev.rolecall.cli.checker;

import dev.rolecall.access.AccessControl;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.envoy.CheckedAudience;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of an audience that a checker decides for. */
final class CheckedOptions {

  @Mixin AudienceOptions audience;

  @Option(
      names = "--txn-per-call",
      description =
          "Sign a token for each call, which names the method. Default: one token for a caller's"
              + " calls of half a minute.")
  boolean perCall;

  @Option(
      names = "--forward-client-credentials-to-services",
      description =
          "Leave the client's credential on the call: the service behind could then use it against"
              + " others.")
  boolean forwarding;

  @Option(
      names = "--access-log-metadata",
      description =
          "Give Envoy's access log the principal, the scheme, and the reason and rule of a refusal.")
  boolean metadata;

  @Option(
      names = "--limit-deadline-to-credential",
      description =
          "Have Envoy end calls with their caller's credential, by grpc-timeout. A stream fails with"
              + " INTERNAL then.")
  boolean limiting;

  /** The audience with that control, as the checker takes it. */
  CheckedAudience checked(Audience name, AccessControl access, Identity identity) {
    CheckedAudience checked = CheckedAudience.of(name, access, identity.to(name, perCall));
    if (forwarding) {
      checked = checked.forwardCredentialsToServices();
    }
    if (metadata) {
      checked = checked.withMetadataForAccessLog();
    }
    return limiting ? checked.limitDeadlineToCredential() : checked;
  }
}
