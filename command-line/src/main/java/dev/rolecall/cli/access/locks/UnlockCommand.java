package dev.rolecall.cli.access.locks;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.LockView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.UnlockRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access unlock}: takes a lock away. */
@Command(
    name = "unlock",
    mixinStandardHelpOptions = true,
    description = "Take a lock away. Grants that still hold count again.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:unlocked",
      "1:refused: there is no such lock, or you are no admin",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access unlock ID --reason returned --server access.internal:443")
public final class UnlockCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The lock's id, as 'access locks' has it.")
  String id;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    UnlockRequest request = UnlockRequest.newBuilder().setId(id).setReason(reason).build();
    return access.print(AccessServiceGrpc.getUnlockMethod(), request, LockView::print);
  }
}
