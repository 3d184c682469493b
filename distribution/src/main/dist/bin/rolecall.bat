@echo off
rem Runs Rolecall: with the Java of JAVA_HOME, or that of the PATH.
rem ROLECALL_JAVA_OPTS: options for that Java, separated by spaces.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
  echo rolecall: JAVA_HOME: "%JAVA_HOME%" has no bin\java.exe 1>&2
  exit /b 2
)
if not defined JAVA_HOME where /q java || (
  echo rolecall: no Java found; set JAVA_HOME to a Java 17 or newer 1>&2
  exit /b 2
)
rem Most commands end before the second compiler would pay; a proxy runs for days.
set compiler=-XX:TieredStopAtLevel=1
if "%~1"=="relay" set compiler=-XX:+TieredCompilation
if "%~1"=="envoy-checker" set compiler=-XX:+TieredCompilation
"%java%" -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC %compiler% %ROLECALL_JAVA_OPTS% -jar "%~dp0..\rolecall.jar" %*
