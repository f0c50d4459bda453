@echo off
rem Dense Colorize from a Windows prompt. Needs a JDK 17 and Maven; the first run builds. After a change of the sources: mvn clean.
setlocal
set "root=%~dp0.."
if not exist "%root%\target" mkdir "%root%\target"
set "told="
:check
if exist "%root%\target\dense-colorize.built" goto run
rem A file that is open for writing can't be opened for it a second time: it is the lock, and goes with the prompt that holds it.
set "got="
set "failed="
8>&2 2>nul (9>>"%root%\target\dense-colorize.lock" 2>&8 call :build)
if defined failed exit /b 1
if defined got goto check
if not defined told echo dense-colorize: another prompt is building; waiting for it. 1>&2
set "told=1"
ping -n 3 127.0.0.1 >nul
goto check

:build
set "got=1"
rem The other may have built it.
if exist "%root%\target\dense-colorize.built" exit /b 0
echo dense-colorize: building, as this is the first run; this may take minutes. 1>&2
call mvn -B -q -f "%root%\pom.xml" %MAVEN_ARGS% -Dmaven.test.skip=true package dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=%root%\target\dependency" 1>&2
if errorlevel 1 (
	echo dense-colorize: the build failed, see above; nothing was run. 1>&2
	set "failed=1"
	exit /b 1
)
type nul > "%root%\target\dense-colorize.built"
exit /b 0

:run
if not defined OMP_WAIT_POLICY set OMP_WAIT_POLICY=passive
java --enable-native-access=ALL-UNNAMED %JAVA_OPTS% -Djava.awt.headless=true "-Ddensecolorize.models=%root%\models" -cp "%root%\target\*;%root%\target\dependency\*" io.github.densecolorize.cli.Main %*
