package dev.rolecall.cli.access.grants;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.cli.access.client.AccessCalls;
import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GetSigningKeysRequest;
import dev.rolecall.grants.v1.RotateSigningKeysRequest;
import dev.rolecall.grants.v1.SigningKey;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rolecall access keys}: the keys of grant tokens, and their rotation. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description =
        "Print the keys that grant tokens are verified with, as a JSON Web Key Set for servers that"
            + " do not follow grants. Admins rotate them here; the service also does it by age.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:printed, or rotated",
      "1:refused: you are no admin, a rotation is under way, or there are no tokens",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access keys --server access.internal:443 > /etc/orders/keys.json",
      "  rolecall access keys --rotate --server access.internal:443"
    })
public final class KeysCommand implements Callable<Integer> {

  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 8, 10_000, 1_000);

  @ArgGroup @Nullable Change change;

  @Mixin AccessOptions access;

  /** One of the two. */
  static final class Change {
    @Option(
        names = "--rotate",
        description = "Make the next key. It signs in ten minutes; the one before then retires.")
    boolean rotate;

    @Option(
        names = "--replace-all-and-refuse-their-tokens",
        description =
            "Replace all keys at once, as after a theft. Tokens under way open nothing from then"
                + " on.")
    boolean replace;
  }

  @Override
  public Integer call() {
    return access.run(
        calls -> {
          print(keys(calls));
          return ExitStatus.YES;
        });
  }

  private SigningKeys keys(AccessCalls calls) {
    return change == null
        ? calls.send(
            AccessServiceGrpc.getGetSigningKeysMethod(), GetSigningKeysRequest.getDefaultInstance())
        : calls.send(
            AccessServiceGrpc.getRotateSigningKeysMethod(),
            RotateSigningKeysRequest.newBuilder().setRefuseTokensUnderWay(change.replace).build());
  }

  /** Read and written anew: nothing but JSON gets into a file that servers trust. */
  private static String keySet(SigningKeys keys) {
    String text =
        keys.getKeysList().stream()
            .map(SigningKey::getPublicJwk)
            .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    return JsonReading.of(text.getBytes(UTF_8), LIMITS)
        .fold(
            set -> new String(set.toJson(), UTF_8),
            flaw -> {
              throw new CommandFailure(
                  "the service's answer is no key set (expected: a JSON object for each key); is"
                      + " --server an access service?");
            });
  }

  private void print(SigningKeys keys) {
    if (!access.isJson()) {
      access.out().println(keySet(keys));
      return;
    }
    JsonOutput.print(
        access.out(),
        json -> {
          json.writeStringField("issuer", keys.getIssuer());
          json.writeArrayFieldStart("keys");
          for (SigningKey key : keys.getKeysList()) {
            json.writeStartObject();
            json.writeStringField("id", key.getKid());
            json.writeStringField("algorithm", key.getAlg());
            json.writeStringField("state", key.getState().name());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
