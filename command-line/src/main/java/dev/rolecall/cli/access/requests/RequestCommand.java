package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.Times;
import dev.rolecall.cli.arguments.ExpiryArgument;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.RequestAccessRequest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access request}: asks for a permission. */
@Command(
    name = "request",
    mixinStandardHelpOptions = true,
    description = "Ask for a permission for a time, and print the request.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:asked; with --wait, approved",
      "1:refused; with --wait, denied, cancelled or lapsed",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access request orders-admin --for 1h --reason INC-42 --wait \\",
      "    --server access.internal:443",
      "",
      "After a failure of the connection, ask again with the same --idempotency-key:",
      "the service makes one request of both."
    })
public final class RequestCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PERMISSION", description = "The permission's name.")
  String permission;

  @Mixin Wish wish;

  @Option(
      names = "--start",
      paramLabel = "WHEN",
      description =
          "When it is to begin: a time such as 2027-03-01T08:00:00Z, or 2h for in two hours."
              + " Default: once it is approved.")
  @Nullable ExpiryArgument start;

  @Option(
      names = "--resource",
      paramLabel = "NAME",
      description =
          "A resource that it is to hold for, such as orders/eu; repeat it for several. Default: all.")
  List<String> resources = List.of();

  @Option(
      names = "--break-glass",
      description = "Take the access now, for an emergency. It is reviewed afterwards.")
  boolean breakGlass;

  @Option(
      names = "--beneficiary",
      paramLabel = "PERSON",
      description = "Who gains, as DIRECTORY/USER. Default: the caller.")
  String beneficiary = "";

  @Option(
      names = "--beneficiary-permission-set",
      paramLabel = "NAME",
      description = "The permission set that the beneficiary uses, where there are several.")
  String permissionSet = "";

  @Option(names = "--validate-only", description = "Print what would be asked, and ask nothing.")
  boolean validateOnly;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    if (wish.isWaiting() && validateOnly) {
      throw new CommandFailure("--wait and --validate-only: nothing is asked (expected: one)");
    }
    RequestAccessRequest request = request();
    return access.run(
        calls ->
            Decided.printed(
                access,
                calls,
                calls.send(AccessServiceGrpc.getRequestAccessMethod(), request),
                wish.isWaiting()));
  }

  private RequestAccessRequest request() {
    RequestAccessRequest.Builder request =
        RequestAccessRequest.newBuilder()
            .setPermission(permission)
            .setDuration(wish.duration())
            .setReason(wish.reason())
            .setTicket(wish.ticket())
            .addAllResources(resources)
            .setBreakGlass(breakGlass)
            .setIdempotencyKey(wish.key())
            .setValidateOnly(validateOnly)
            .setBeneficiary(beneficiary)
            .setBeneficiaryPermissionSet(permissionSet);
    if (start != null) {
      request.setStartsAt(Times.stated("--start", start));
    }
    return request.build();
  }
}
