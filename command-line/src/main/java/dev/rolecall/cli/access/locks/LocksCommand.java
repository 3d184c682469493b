package dev.rolecall.cli.access.locks;

import dev.rolecall.cli.access.client.AccessCalls;
import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.client.Pages;
import dev.rolecall.cli.access.view.LockView;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ListLocksRequest;
import dev.rolecall.grants.v1.ListLocksResponse;
import dev.rolecall.grants.v1.LockState;
import java.util.List;
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
    return access.run(
        calls -> {
          LockView.printAll(access.out(), all(calls), access.isJson());
          return ExitStatus.YES;
        });
  }

  private List<LockState> all(AccessCalls calls) {
    return pages.all(
        access.err(),
        (size, token) -> {
          ListLocksResponse answer =
              calls.send(
                  AccessServiceGrpc.getListLocksMethod(),
                  ListLocksRequest.newBuilder().setPageSize(size).setPageToken(token).build());
          return new Pages.Page<>(answer.getLocksList(), answer.getNextPageToken());
        });
  }
}
