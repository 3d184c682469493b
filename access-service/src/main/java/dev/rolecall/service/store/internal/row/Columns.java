package dev.rolecall.service.store.internal.row;

import dev.rolecall.service.request.Act;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The columns of a row as values. */
public final class Columns {

  private final ResultSet row;

  public Columns(ResultSet row) {
    this.row = row;
  }

  public String text(String column) throws SQLException {
    return optional(column)
        .orElseThrow(() -> new IllegalStateException("the column " + column + " is null"));
  }

  public Optional<String> optional(String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  public Optional<FreeText> freeText(String column) throws SQLException {
    return optional(column).map(FreeText::of);
  }

  public Subject subject(String column) throws SQLException {
    return JsonText.subject(text(column));
  }

  public long number(String column) throws SQLException {
    return row.getLong(column);
  }

  public Instant time(String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  public Optional<Instant> optionalTime(String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** An act in the columns {@code x_by}, {@code x_at} and {@code x_reason}. */
  public Optional<Act> act(String what) throws SQLException {
    Optional<Subject> actor = optional(what + "_by").map(JsonText::subject);
    return actor.isEmpty()
        ? Optional.empty()
        : Optional.of(new Act(actor.get(), time(what + "_at"), freeText(what + "_reason")));
  }
}
