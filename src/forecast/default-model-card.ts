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
        sigmaScale: 0.825,
        sigmaSpread: 0.4125,
      },
      touch: {
        slope: 0.893895,
        intercept: -0.308474,
      },
      reliability: [
        {
          count: 27867,
          hits: 76,
          meanChance: 0.000353078,
        },
        {
          count: 27868,
          hits: 86,
          meanChance: 0.00127498,
        },
        {
          count: 27867,
          hits: 81,
          meanChance: 0.00270757,
        },
        {
          count: 27868,
          hits: 143,
          meanChance: 0.00508288,
        },
        {
          count: 27867,
          hits: 310,
          meanChance: 0.0086039,
        },
        {
          count: 27868,
          hits: 300,
          meanChance: 0.0127234,
        },
        {
          count: 27867,
          hits: 325,
          meanChance: 0.0170741,
        },
        {
          count: 27868,
          hits: 457,
          meanChance: 0.0219579,
        },
        {
          count: 27867,
          hits: 642,
          meanChance: 0.0277085,
        },
        {
          count: 27868,
          hits: 857,
          meanChance: 0.0347547,
        },
        {
          count: 27867,
          hits: 1009,
          meanChance: 0.0439733,
        },
        {
          count: 27868,
          hits: 1348,
          meanChance: 0.0575153,
        },
        {
          count: 27867,
          hits: 2021,
          meanChance: 0.0758062,
        },
        {
          count: 27868,
          hits: 2480,
          meanChance: 0.0962278,
        },
        {
          count: 27867,
          hits: 3206,
          meanChance: 0.121229,
        },
        {
          count: 27868,
          hits: 4645,
          meanChance: 0.172004,
        },
        {
          count: 27867,
          hits: 7861,
          meanChance: 0.273375,
        },
        {
          count: 27868,
          hits: 9809,
          meanChance: 0.325662,
        },
        {
          count: 27867,
          hits: 10944,
          meanChance: 0.368021,
        },
        {
          count: 27868,
          hits: 12831,
          meanChance: 0.440518,
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
        sigmaScale: 0.8375,
        sigmaSpread: 0.39375,
      },
      touch: {
        slope: 0.957111,
        intercept: -0.302533,
      },
      reliability: [
        {
          count: 27761,
          hits: 723,
          meanChance: 0.0186451,
        },
        {
          count: 27761,
          hits: 912,
          meanChance: 0.0288385,
        },
        {
          count: 27761,
          hits: 1105,
          meanChance: 0.0392587,
        },
        {
          count: 27762,
          hits: 1453,
          meanChance: 0.0551444,
        },
        {
          count: 27761,
          hits: 2252,
          meanChance: 0.076155,
        },
        {
          count: 27761,
          hits: 2640,
          meanChance: 0.0967104,
        },
        {
          count: 27761,
          hits: 3280,
          meanChance: 0.117499,
        },
        {
          count: 27762,
          hits: 3765,
          meanChance: 0.139302,
        },
        {
          count: 27761,
          hits: 4471,
          meanChance: 0.162264,
        },
        {
          count: 27761,
          hits: 5088,
          meanChance: 0.186993,
        },
        {
          count: 27761,
          hits: 5935,
          meanChance: 0.216767,
        },
        {
          count: 27762,
          hits: 6887,
          meanChance: 0.253145,
        },
        {
          count: 27761,
          hits: 8297,
          meanChance: 0.289148,
        },
        {
          count: 27761,
          hits: 9522,
          meanChance: 0.332597,
        },
        {
          count: 27761,
          hits: 10829,
          meanChance: 0.376338,
        },
        {
          count: 27762,
          hits: 11992,
          meanChance: 0.433322,
        },
        {
          count: 27761,
          hits: 13977,
          meanChance: 0.49911,
        },
        {
          count: 27761,
          hits: 16935,
          meanChance: 0.594855,
        },
        {
          count: 27761,
          hits: 17996,
          meanChance: 0.631843,
        },
        {
          count: 27762,
          hits: 18903,
          meanChance: 0.680861,
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
        sigmaScale: 0.8125,
        sigmaSpread: 0.06875,
      },
      touch: {
        slope: 1.01106,
        intercept: -0.277831,
      },
      reliability: [
        {
          count: 27482,
          hits: 3917,
          meanChance: 0.136665,
        },
        {
          count: 27483,
          hits: 5725,
          meanChance: 0.196897,
        },
        {
          count: 27482,
          hits: 6362,
          meanChance: 0.227918,
        },
        {
          count: 27483,
          hits: 7067,
          meanChance: 0.251794,
        },
        {
          count: 27482,
          hits: 7996,
          meanChance: 0.284629,
        },
        {
          count: 27483,
          hits: 9031,
          meanChance: 0.318709,
        },
        {
          count: 27482,
          hits: 9089,
          meanChance: 0.334088,
        },
        {
          count: 27483,
          hits: 10800,
          meanChance: 0.379042,
        },
        {
          count: 27482,
          hits: 10886,
          meanChance: 0.406113,
        },
        {
          count: 27483,
          hits: 12363,
          meanChance: 0.451182,
        },
        {
          count: 27482,
          hits: 13705,
          meanChance: 0.485959,
        },
        {
          count: 27483,
          hits: 14040,
          meanChance: 0.497644,
        },
        {
          count: 27482,
          hits: 13343,
          meanChance: 0.509728,
        },
        {
          count: 27483,
          hits: 15053,
          meanChance: 0.555446,
        },
        {
          count: 27482,
          hits: 16477,
          meanChance: 0.595998,
        },
        {
          count: 27483,
          hits: 17714,
          meanChance: 0.645451,
        },
        {
          count: 27482,
          hits: 18187,
          meanChance: 0.670373,
        },
        {
          count: 27483,
          hits: 20036,
          meanChance: 0.727983,
        },
        {
          count: 27482,
          hits: 21181,
          meanChance: 0.777018,
        },
        {
          count: 27483,
          hits: 22601,
          meanChance: 0.834468,
        },
      ],
      designEffect: 600,
    },
  ],
};
