"""The coefficients of Rosenbrock methods, in the form that needs no product with the Jacobian.

A step from y with stepsize h solves, for i = 1 .. s,

    (1 / (h gamma) - J) u_i = f(y + sum_j a_ij u_j) + sum_j (c_ij / h) u_j

and ends at y + sum_j m_j u_j. Both methods here are stiffly accurate: the last stage starts from the embedded
solution, and u_s is the estimate of its error.

Source: Rodas4: Hairer & Wanner 1996, Solving Ordinary Differential Equations II, 2nd ed., IV.7.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rosenbrock:
    """One method.

    a, c: rows for the stages from the second on. dense: coefficients of the dense output, which is
    (1 - x) y0 + x (y1 + (1 - x) (dense_0 + x dense_1)), x the fraction of the step,
    dense_r = sum_j d_rj u_j.
    """

    name: str
    kisao: str
    order: int
    gamma: float
    a: tuple[tuple[float, ...], ...]
    c: tuple[tuple[float, ...], ...]
    dense: tuple[tuple[float, ...], tuple[float, ...]]

    @property
    def stages(self) -> int:
        """How many systems a step solves."""
        return len(self.a) + 1


_LAST = (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950)

RODAS4 = Rosenbrock(
    name="Rodas4",
    kisao="KISAO:0000033",
    order=4,
    gamma=0.25,
    a=(
        (1.544,),
        (0.9466785280815826, 0.2557011698983284),
        (3.314825187068521, 2.896124015972201, 0.9986419139977817),
        _LAST,
        (*_LAST, 1.0),
    ),
    c=(
        (-5.6688,),
        (-2.430093356833875, -0.2063599157091915),
        (-0.1073529058151375, -9.594562251023355, -20.47028614809616),
        (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160),
        (8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054),
    ),
    dense=(
        (10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662),
        (-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872),
    ),
)
