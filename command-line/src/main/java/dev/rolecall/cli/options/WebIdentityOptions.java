package dev.rolecall.cli.options;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a web identity token in place of a proof. One mix-in. */
public final class WebIdentityOptions {

  @Option(
      names = "--web-identity",
      description =
          "State the role in a web identity token, which STS signs, in place of a proof. The"
              + " account must have outbound identity federation enabled.")
  boolean chosen;

  @Option(
      names = "--token-audience",
      paramLabel = "NAME",
      description = "With --web-identity: the token's audience. Default: the --audience.")
  @Nullable String audience;

  /** Whether a web identity token is wanted. */
  public boolean isChosen() {
    return chosen;
  }

  /**
   * The audience of the tokens; empty where proofs are wanted.
   *
   * @param ofServer the name that the server goes by
   * @throws CommandFailure if there is an audience and no wish for a token
   */
  public Optional<String> audience(Audience ofServer) {
    if (!chosen && audience != null) {
      throw new CommandFailure(
          "--token-audience: only with --web-identity, which asks for a token");
    }
    return chosen
        ? Optional.of(Optional.ofNullable(audience).orElse(ofServer.name()))
        : Optional.empty();
  }
}
