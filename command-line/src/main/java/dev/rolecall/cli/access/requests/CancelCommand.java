package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.RequestView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.CancelAccessRequestRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access cancel}: takes a request back. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Take back a request of yours that is not decided yet.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:cancelled",
      "1:refused: it is decided, or not yours",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access cancel ID --server access.internal:443")
public final class CancelCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The request's id.")
  String id;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    CancelAccessRequestRequest request = CancelAccessRequestRequest.newBuilder().setId(id).build();
    return access.print(
        AccessServiceGrpc.getCancelAccessRequestMethod(), request, RequestView::print);
  }
}
