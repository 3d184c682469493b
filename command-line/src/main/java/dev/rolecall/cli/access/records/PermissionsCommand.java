package dev.rolecall.cli.access.records;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.RecordView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ListPermissionsRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code rolecall access permissions}: what the caller may ask for. */
@Command(
    name = "permissions",
    mixinStandardHelpOptions = true,
    description = "List the permissions that you may ask for or review, with their limits.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:listed, none too",
      "1:refused",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access permissions --server access.internal:443")
public final class PermissionsCommand implements Callable<Integer> {

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    return access.print(
        AccessServiceGrpc.getListPermissionsMethod(),
        ListPermissionsRequest.getDefaultInstance(),
        RecordView::printPermissions);
  }
}
