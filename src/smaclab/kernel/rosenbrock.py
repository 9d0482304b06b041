"""The coefficients of Rosenbrock methods, in the form that needs no product with the Jacobian.

A step from y with stepsize h solves, for i = 1 .. s,

    (1 / (h gamma) - J) u_i = f(y + sum_j a_ij u_j) + sum_j (c_ij / h) u_j

and ends at y + sum_j m_j u_j. All methods here are stiffly accurate: the last stage starts from the embedded
solution, and u_s is the estimate of its error.

Source: Rodas4: Hairer & Wanner 1996, Solving Ordinary Differential Equations II, 2nd ed., IV.7.
        Rodas5: Di Marzo 1993, RODAS5(4), Universite de Geneve; its numbers and those of its dense output as
        OrdinaryDiffEq.jl has them (Rackauckas & Nie 2017). The tests derive their orders and stability.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rosenbrock:
    """One method.

    a, c: rows for the stages from the second on. dense: coefficients of the dense output, which is
    (1 - x) y0 + x (y1 + (1 - x) (dense_0 + x (dense_1 + ..))), x the fraction of the step,
    dense_r = sum_j d_rj u_j, j up to the row's length.
    """

    name: str
    kisao: str
    order: int
    gamma: float
    a: tuple[tuple[float, ...], ...]
    c: tuple[tuple[float, ...], ...]
    dense: tuple[tuple[float, ...], ...]

    @property
    def stages(self) -> int:
        """How many systems a step solves."""
        return len(self.a) + 1

    def goes_on(self, stage: int) -> bool:
        """Whether a stage, counted from 0, starts where the one before it does plus that one's u."""
        return stage > 1 and self.a[stage - 1] == (*self.a[stage - 2], 1.0)

    def followers(self, stage: int) -> list[int]:
        """The stages that go on from this one, one after another."""
        found: list[int] = []
        while stage + 1 < self.stages and self.goes_on(stage + 1):
            stage += 1
            found.append(stage)
        return found


_LAST_OF_4 = (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950)

RODAS4 = Rosenbrock(
    name="Rodas4",
    kisao="KISAO:0000033",
    order=4,
    gamma=0.25,
    a=(
        (1.544,),
        (0.9466785280815826, 0.2557011698983284),
        (3.314825187068521, 2.896124015972201, 0.9986419139977817),
        _LAST_OF_4,
        (*_LAST_OF_4, 1.0),
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

_LAST_OF_5 = (
    -14.09640773051259, 6.925207756232704, -41.47510893210728, 2.343771018586405, 24.13215229196062,
)  # fmt: skip

RODAS5 = Rosenbrock(
    name="Rodas5",
    kisao="KISAO:0000033",
    order=5,
    gamma=0.19,
    a=(
        (2.0,),
        (3.040894194418781, 1.041747909077569),
        (2.576417536461461, 1.622083060776640, -0.9089668560264532),
        (2.760842080225597, 1.446624659844071, -0.3036980084553738, 0.2877498600325443),
        _LAST_OF_5,
        (*_LAST_OF_5, 1.0),
        (*_LAST_OF_5, 1.0, 1.0),
    ),
    c=(
        (-10.31323885133993,),
        (-21.04823117650003, -7.234992135176716),
        (32.22751541853323, -4.943732386540191, 19.44922031041879),
        (-20.69865579590063, -8.816374604402768, 1.260436877740897, -0.7495647613787146),
        (
            -46.22004352711257, -17.49534862857472, -289.6389582892057, 93.60855400400906, 318.3822534212147,
        ),
        (
            34.20013733472935, -14.15535402717690, 57.82335640988400, 25.83362985412365, 1.408950972071624,
            -6.551835421242162,
        ),
        (
            42.57076742291101, -13.80770672017997, 93.98938432427124, 18.77919633714503, -31.58359187223370,
            -6.685968952921985, -5.810979938412932,
        ),
    ),
    dense=(
        (
            27.354592673333357, -6.925207756232857, 26.40037733258859, 0.5635230501052979, -4.699151156849391,
            -1.6008677469422725, -1.5306074446748028, -1.3929872940716344,
        ),
        (
            44.19024239501722, 1.3677947663381929e-13, 202.93261852171622, -35.5669339789154,
            -181.91095152160645, 3.4116351403665033, 2.5793540257308067, 2.2435122582734066,
        ),
        (
            -44.0988150021747, -5.755396159656812e-13, -181.26175034586677, 56.99302194811676,
            183.21182741427398, -7.480257918273637, -5.792426076169686, -5.32503859794143,
        ),
    ),
)  # fmt: skip
