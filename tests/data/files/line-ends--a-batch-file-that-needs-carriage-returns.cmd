@echo off
setlocal
set "ROOT=%~dp0"
if not exist "%ROOT%\bin\hook.exe" goto :eof
"%ROOT%\bin\hook.exe" %*
