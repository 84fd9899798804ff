"""The suites of tools, commands and checks pass what is built in, and a stranger's plugin."""

from __future__ import annotations

from types import ModuleType

import pytest

import vgxness.builtin.kernel
import vgxness.builtin.memory
import vgxness.builtin.projects
import vgxness.builtin.session
import vgxness.builtin.setup
import vgxness.builtin.status
import vgxness.builtin.storage
from vgxness.testing.check import CheckConformance
from vgxness.testing.command import CommandConformance
from vgxness.testing.tool import ToolConformance


class TestMemoryTools(ToolConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.memory


class TestProjectTools(ToolConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.projects


class TestSessionTools(ToolConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.session


class TestStatusTools(ToolConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.status


class TestKernelCommands(CommandConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.kernel


class TestProjectCommands(CommandConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.projects


class TestStorageCommands(CommandConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.storage


class TestKernelChecks(CheckConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.kernel


class TestStorageChecks(CheckConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.storage


class TestSetupChecks(CheckConformance):
    @pytest.fixture
    def plugin(self) -> ModuleType:
        return vgxness.builtin.setup
