# TensorFlow has no types: what comes from it can be anything.
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeAlias, TypeVar, overload

P = ParamSpec("P")
R = TypeVar("R")

Tensor: TypeAlias = Any
TensorShape: TypeAlias = Any

class Variable(Any): ...

class _Function(Generic[P, R]):
    _omit_frequent_tracing_warning: bool
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R: ...
    def get_concrete_function(self, *args: Any, **kwargs: Any) -> Any: ...

@overload
def function(func: Callable[P, R], *, autograph: bool) -> _Function[P, R]: ...
@overload
def function(*, autograph: bool) -> Callable[[Callable[P, R]], _Function[P, R]]: ...
def __getattr__(name: str) -> Any: ...
