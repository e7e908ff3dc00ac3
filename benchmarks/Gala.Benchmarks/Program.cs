using BenchmarkDotNet.Running;

// dotnet run -c Release --project benchmarks/Gala.Benchmarks -- --filter '*MatrixProduct*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
