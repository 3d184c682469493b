package dev.rolecall.access.audit;

/** A record on its way to the writer. */
record QueuedRecord(RecordForm form, long millis, Correlation correlation) {}
