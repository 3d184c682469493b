package dev.rolecall.service.store.transfer;

import java.io.Serial;

/** A file that is no export, or a store that cannot take it. The message says what to do. */
public final class InvalidExportException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  InvalidExportException(String message) {
    super(message);
  }
}
