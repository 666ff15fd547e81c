gym.main()
