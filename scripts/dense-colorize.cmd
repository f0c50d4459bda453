@echo off
rem Dense Colorize from a Windows prompt. Needs a JDK 17 and Maven; the first run builds. After a change of the sources: mvn clean.
setlocal
set "root=%~dp0.."
if exist "%root%\target\dense-colorize.built" goto run
echo dense-colorize: building, as this is the first run; this may take minutes. 1>&2
call mvn -B -q -f "%root%\pom.xml" %MAVEN_ARGS% -Dmaven.test.skip=true package dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=%root%\target\dependency" 1>&2
if errorlevel 1 (
	echo dense-colorize: the build failed, see above; nothing was run. 1>&2
	exit /b 1
)
type nul > "%root%\target\dense-colorize.built"
:run
if not defined OMP_WAIT_POLICY set OMP_WAIT_POLICY=passive
java --enable-native-access=ALL-UNNAMED %JAVA_OPTS% -Djava.awt.headless=true "-Ddensecolorize.models=%root%\models" -cp "%root%\target\*;%root%\target\dependency\*" io.github.densecolorize.cli.Main %*
