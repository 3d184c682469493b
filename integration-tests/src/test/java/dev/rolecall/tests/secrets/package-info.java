/**
 * The output of the whole suite, and the secrets it used: kept on disk while it runs, searched
 * after it. {@link dev.rolecall.tests.secrets.RunRecord} keeps both; a listener that JUnit finds by
 * itself lets it hear the log, standard output and the exceptions that tests fail of; the fixtures
 * tell it the rest. Depends on no other package of the tests but the checkout's.
 */
@NullMarked
package dev.rolecall.tests.secrets;

import org.jspecify.annotations.NullMarked;
