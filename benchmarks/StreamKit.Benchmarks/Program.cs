using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(StreamKit.Benchmarks.Surroundings).Assembly).Run(args);
