package dev.rolecall.cli.access.locks;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.LockView;
import dev.rolecall.cli.access.view.Times;
import dev.rolecall.cli.arguments.ExpiryArgument;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockTarget;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rolecall access lock}: takes all access from a caller. */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    description =
        "Take all access from a person, a role or an access key, on each server that follows"
            + " grants: live calls end.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:locked",
      "1:refused, such as where you are no admin",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access lock --person corp/ana@example.com --reason left \\",
      "    --server access.internal:443",
      "  rolecall access lock --role arn:aws:iam::111122223333:role/batch \\",
      "    --role-id AROAEXAMPLE000000001 --reason INC-42 --server access.internal:443",
      "",
      "A caller that may be meant, because a part of it is unknown, is locked too; the",
      "answer says which callers that means."
    })
public final class LockCommand implements Callable<Integer> {

  @Option(names = "--person", paramLabel = "PERSON", description = "A person, as DIRECTORY/USER.")
  String person = "";

  @Option(
      names = "--role",
      paramLabel = "ARN",
      description = "A role, with --role-id; or with --access-key the role whose session has it.")
  @Nullable RoleArn role;

  @Option(names = "--role-id", paramLabel = "ID", description = "The unique id of the role.")
  @Nullable RoleId roleId;

  @Option(
      names = "--access-key",
      paramLabel = "ID",
      description = "The id of an access key, with --role.")
  String accessKey = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "When it ends by itself: a time such as 2027-03-01T00:00:00Z, or 8h for in eight hours."
              + " Default: when it is taken away.")
  @Nullable ExpiryArgument until;

  @Option(
      names = "--issued-before",
      paramLabel = "TIME",
      description =
          "Only credentials that were issued before, where the callers bring tokens that say when.")
  @Nullable ExpiryArgument issuedBefore;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    LockRequest.Builder request = LockRequest.newBuilder().setTarget(target()).setReason(reason);
    if (until != null) {
      request.setUntil(Times.stated("--until", until));
    }
    if (issuedBefore != null) {
      request.setIssuedBefore(Times.stated("--issued-before", issuedBefore));
    }
    return access.print(AccessServiceGrpc.getLockMethod(), request.build(), LockView::print);
  }

  private LockTarget target() {
    LockTarget.Builder target = LockTarget.newBuilder();
    if (!person.isEmpty() && role == null && roleId == null && accessKey.isEmpty()) {
      return target.setPerson(person).build();
    }
    boolean isKey = !accessKey.isEmpty() && roleId == null;
    boolean isRole = accessKey.isEmpty() && roleId != null;
    if (!person.isEmpty() || role == null || !(isKey || isRole)) {
      throw new CommandFailure(
          "what to lock (expected: --person, or --role with --role-id, or --access-key with"
              + " --role)");
    }
    target.setRoleArn(role.toString());
    return isKey
        ? target.setAccessKeyId(accessKey).build()
        : target.setRoleId(String.valueOf(roleId)).build();
  }
}
