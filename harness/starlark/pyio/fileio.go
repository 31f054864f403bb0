package pyio

func (o *IO) addFileIO() {}
