package dev.rolecall.cli.access.grants;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.Times;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access token}: a token of a grant. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description =
        "Print a short token of a grant that you hold, for servers that do not follow grants: it"
            + " goes into the header rolecall-grant, beside your own proof.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:issued",
      "1:refused: the grant is not yours, or does not hold",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access token GRANT --server access.internal:443 > /tmp/grant")
public final class TokenCommand implements Callable<Integer> {

  /** The compact form of RFC 7515: nothing in it moves a terminal or breaks a header. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");

  @Parameters(paramLabel = "GRANT", description = "The grant's id.")
  String id;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    IssueGrantTokenRequest request = IssueGrantTokenRequest.newBuilder().setGrantId(id).build();
    return access.run(
        calls -> {
          print(calls.send(AccessServiceGrpc.getIssueGrantTokenMethod(), request));
          return ExitStatus.YES;
        });
  }

  private void print(GrantToken token) {
    if (!FORM.matcher(token.getToken()).matches()) {
      throw new CommandFailure(
          "the service's answer is no token (expected: three parts of A-Z a-z 0-9 - _ between"
              + " dots); is --server an access service?");
    }
    String end = Times.text(token.hasExpiresAt(), token.getExpiresAt());
    if (access.isJson()) {
      JsonOutput.print(
          access.out(),
          json -> {
            json.writeStringField("token", token.getToken());
            json.writeStringField("expiresAt", end);
          });
      return;
    }
    access.out().println(token.getToken());
    access
        .err()
        .println(Paragraph.of("until " + end + "; it is of use with your own credential alone"));
  }
}
