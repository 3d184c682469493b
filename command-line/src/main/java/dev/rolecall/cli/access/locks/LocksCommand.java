package dev.rolecall.cli.access.locks;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.client.Pages;
import dev.rolecall.cli.access.view.LockView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ListLocksRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code rolecall access locks}: the locks in force. */
@Command(
    name = "locks",
    mixinStandardHelpOptions = true,
    description = "List the locks in force.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:listed, none too",
      "1:refused",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access locks --server access.internal:443")
public final class LocksCommand implements Callable<Integer> {

  @Mixin Pages pages;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    return pages.print(
        access,
        AccessServiceGrpc.getListLocksMethod(),
        (size, token) ->
            ListLocksRequest.newBuilder().setPageSize(size).setPageToken(token).build(),
        answer -> new Pages.Page<>(answer.getLocksList(), answer.getNextPageToken()),
        LockView::printAll);
  }
}
