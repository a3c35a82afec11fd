import type { ModelCard } from './model-card.js';

/** The shipped model, written by `npm run fit-model-card`: change the script, not the numbers. */
export const defaultModelCard: ModelCard = {
  id: 'spot-and-perpetual-2025-06',
  provenance: {
    command: 'npm run fit-model-card -- binance binance-2021 binanceusdm',
    data: [
      {
        name: 'binance',
        symbols: 34,
        from: 1704067200000,
        to: 1717200000000,
        decisions: 114554,
      },
      {
        name: 'binance-2021',
        symbols: 11,
        from: 1618185600000,
        to: 1626557400000,
        decisions: 22743,
      },
      {
        name: 'binanceusdm',
        symbols: 16,
        from: 1746372780000,
        to: 1748995200000,
        decisions: 8711,
      },
    ],
  },
  horizons: [
    {
      horizonMs: 3600000,
      intercept: -0.170999,
      weights: [
        0.0575102, 0.123596, 0.34507, 0.345109, 0.060798, -0.171456, 0.0830919, 0.0785943,
        0.0509942, -0.0712214, -0.0127128, -0.0780217, 0.05394, 0.0866202, -0.0566457, 0.0728132,
        -0.09711,
      ],
      smearing: 1.44867,
      rangeFactor: 1.44568,
      barrier: {
        sigmaScale: 0.81875,
        sigmaSpread: 0.475,
      },
      touch: {
        slope: 0.86085,
        intercept: -0.324793,
      },
      reliability: [
        {
          count: 5951,
          hits: 30,
          meanChance: 0.000215667,
        },
        {
          count: 5951,
          hits: 15,
          meanChance: 0.000819034,
        },
        {
          count: 5951,
          hits: 15,
          meanChance: 0.00184615,
        },
        {
          count: 5952,
          hits: 34,
          meanChance: 0.00376351,
        },
        {
          count: 5951,
          hits: 95,
          meanChance: 0.00684168,
        },
        {
          count: 5951,
          hits: 64,
          meanChance: 0.0103751,
        },
        {
          count: 5951,
          hits: 57,
          meanChance: 0.014245,
        },
        {
          count: 5952,
          hits: 92,
          meanChance: 0.0186578,
        },
        {
          count: 5951,
          hits: 172,
          meanChance: 0.024211,
        },
        {
          count: 5951,
          hits: 166,
          meanChance: 0.0308476,
        },
        {
          count: 5951,
          hits: 179,
          meanChance: 0.0396809,
        },
        {
          count: 5952,
          hits: 298,
          meanChance: 0.0527284,
        },
        {
          count: 5951,
          hits: 471,
          meanChance: 0.0706713,
        },
        {
          count: 5951,
          hits: 526,
          meanChance: 0.0909799,
        },
        {
          count: 5951,
          hits: 635,
          meanChance: 0.115907,
        },
        {
          count: 5952,
          hits: 1074,
          meanChance: 0.166412,
        },
        {
          count: 5951,
          hits: 1642,
          meanChance: 0.265689,
        },
        {
          count: 5951,
          hits: 2094,
          meanChance: 0.320666,
        },
        {
          count: 5951,
          hits: 2344,
          meanChance: 0.364836,
        },
        {
          count: 5952,
          hits: 2743,
          meanChance: 0.43865,
        },
      ],
      designEffect: 25,
    },
    {
      horizonMs: 14400000,
      intercept: -0.0593024,
      weights: [
        0.032961, 0.123851, 0.416343, 0.225937, 0.0806465, -0.146165, 0.191722, 0.0260312,
        0.0206598, -0.065831, 0.00625491, -0.121931, -0.0195122, 0.137334, -0.10275, 0.00409873,
        -0.150865,
      ],
      smearing: 1.34937,
      rangeFactor: 1.42077,
      barrier: {
        sigmaScale: 0.85,
        sigmaSpread: 0.35625,
      },
      touch: {
        slope: 0.998868,
        intercept: -0.311191,
      },
      reliability: [
        {
          count: 5930,
          hits: 175,
          meanChance: 0.0172668,
        },
        {
          count: 5930,
          hits: 181,
          meanChance: 0.0277133,
        },
        {
          count: 5930,
          hits: 275,
          meanChance: 0.0381144,
        },
        {
          count: 5930,
          hits: 303,
          meanChance: 0.0532173,
        },
        {
          count: 5930,
          hits: 428,
          meanChance: 0.0728473,
        },
        {
          count: 5930,
          hits: 527,
          meanChance: 0.0929968,
        },
        {
          count: 5930,
          hits: 741,
          meanChance: 0.11322,
        },
        {
          count: 5930,
          hits: 840,
          meanChance: 0.134689,
        },
        {
          count: 5930,
          hits: 895,
          meanChance: 0.157272,
        },
        {
          count: 5930,
          hits: 1005,
          meanChance: 0.181668,
        },
        {
          count: 5930,
          hits: 1307,
          meanChance: 0.210828,
        },
        {
          count: 5930,
          hits: 1468,
          meanChance: 0.247554,
        },
        {
          count: 5930,
          hits: 1782,
          meanChance: 0.283075,
        },
        {
          count: 5930,
          hits: 1957,
          meanChance: 0.325675,
        },
        {
          count: 5930,
          hits: 2312,
          meanChance: 0.36901,
        },
        {
          count: 5930,
          hits: 2546,
          meanChance: 0.426353,
        },
        {
          count: 5930,
          hits: 3005,
          meanChance: 0.494655,
        },
        {
          count: 5930,
          hits: 3624,
          meanChance: 0.58837,
        },
        {
          count: 5930,
          hits: 3897,
          meanChance: 0.625668,
        },
        {
          count: 5930,
          hits: 4088,
          meanChance: 0.67479,
        },
      ],
      designEffect: 100,
    },
    {
      horizonMs: 86400000,
      intercept: 0.00388542,
      weights: [
        0.0163795, 0.0692198, 0.299254, 0.117132, 0.0319005, -0.110157, 0.404636, 0.191343,
        -0.0153635, 0.00277195, 0.0484447, 0.00865196, -0.0294715, 0.01657, -0.0201314, -0.00666105,
        -0.13482,
      ],
      smearing: 1.28418,
      rangeFactor: 1.39734,
      barrier: {
        sigmaScale: 0.95,
        sigmaSpread: 0.18125,
      },
      touch: {
        slope: 0.995113,
        intercept: -0.260224,
      },
      reliability: [
        {
          count: 5945,
          hits: 873,
          meanChance: 0.126401,
        },
        {
          count: 5945,
          hits: 1204,
          meanChance: 0.188714,
        },
        {
          count: 5945,
          hits: 1322,
          meanChance: 0.214302,
        },
        {
          count: 5945,
          hits: 1470,
          meanChance: 0.24594,
        },
        {
          count: 5945,
          hits: 1635,
          meanChance: 0.27158,
        },
        {
          count: 5945,
          hits: 1869,
          meanChance: 0.308712,
        },
        {
          count: 5945,
          hits: 1953,
          meanChance: 0.330906,
        },
        {
          count: 5945,
          hits: 2241,
          meanChance: 0.362796,
        },
        {
          count: 5945,
          hits: 2346,
          meanChance: 0.394366,
        },
        {
          count: 5945,
          hits: 2617,
          meanChance: 0.43257,
        },
        {
          count: 5945,
          hits: 2810,
          meanChance: 0.473826,
        },
        {
          count: 5945,
          hits: 3043,
          meanChance: 0.494467,
        },
        {
          count: 5945,
          hits: 2827,
          meanChance: 0.502443,
        },
        {
          count: 5945,
          hits: 3245,
          meanChance: 0.539101,
        },
        {
          count: 5945,
          hits: 3444,
          meanChance: 0.587404,
        },
        {
          count: 5945,
          hits: 3767,
          meanChance: 0.633926,
        },
        {
          count: 5945,
          hits: 3923,
          meanChance: 0.666118,
        },
        {
          count: 5945,
          hits: 4309,
          meanChance: 0.720503,
        },
        {
          count: 5945,
          hits: 4557,
          meanChance: 0.773753,
        },
        {
          count: 5945,
          hits: 4856,
          meanChance: 0.827733,
        },
      ],
      designEffect: 600,
    },
  ],
};
