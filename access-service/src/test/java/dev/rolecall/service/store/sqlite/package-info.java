/** Tests of the parts that a store in a folder alone has. */
@NullMarked
package dev.rolecall.service.store.sqlite;

import org.jspecify.annotations.NullMarked;
