package dev.rolecall.cli.access.records;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.CallerView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.WhoAmIRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code rolecall access whoami}: the caller as the service knows it. */
@Command(
    name = "whoami",
    mixinStandardHelpOptions = true,
    description = "Print who you are to the access service, and what that makes you.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:answered",
      "1:refused",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access whoami --server access.internal:443")
public final class WhoamiCommand implements Callable<Integer> {

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    return access.print(
        AccessServiceGrpc.getWhoAmIMethod(), WhoAmIRequest.getDefaultInstance(), CallerView::print);
  }
}
